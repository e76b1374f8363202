//! What the conversion as a whole does.

use super::*;

fn html(content: &str) -> String {
    to_html(content, "https://old.example/blog")
}

#[track_caller]
fn same(content: &str, wanted: &str) {
    assert_eq!(html(content), wanted, "\nfrom {content}");
}

#[test]
fn classic_text_gets_paragraphs_and_breaks() {
    same("One\r\ntwo\r\n\r\nthree  \n \n<b>four</b>\n", "<p>One<br>two</p>\n<p>three</p>\n<p><b>four</b></p>");
    same("a<br />\nb<br><br>c", "<p>a<br>b</p>\n<p>c</p>");
    same(
        "<h1>T</h1>\ntext\n<ul>\n<li>x\ny</li>\n</ul>\nmore",
        "<h2>T</h2>\n<p>text</p>\n<ul><li>x<br>y</li></ul>\n<p>more</p>",
    );
    same("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>");
    same("<p>a\n\nb</p><p>&nbsp;</p><p></p>", "<p>a</p>\n<p>b</p>");
    same("<pre>a\n\n  b [gallery]</pre>", "<pre>a\n\n  b [gallery]</pre>");
    same("<p>a<p>b<div>c</p></div>", "<p>a</p>\n<p>b</p>\n<div>c</div>");
    same("a < b & c <3 <é>", "<p>a &lt; b & c &lt;3 &lt;é></p>");
    same("a<!--more-->b\n<!--nextpage-->\nc<script>x\n\ny</script>", "<p>ab</p>\n<p>c</p>");
    same(
        "<dl class=\"wp-caption\"><dt></dt></dl>\n\na<dl><dt>b</dt><dd>c</dd></dl>",
        "<p>a</p>\n<dl><dt>b</dt><dd>c</dd></dl>",
    );
    same("<b>a <i>b</b> c</i>", "<p><b>a <i>b</i></b> c</p>");
}

#[test]
fn blocks_keep_their_own_markup() {
    same("<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->\n\nc\nd", "<p>a\nb</p>\n<p>c<br>d</p>");
    same("<!-- wp:core/freeform -->a\n\nb<!-- /wp:core/freeform -->", "<p>a</p>\n<p>b</p>");
    same("<!-- wp:more -->\n<!--more-->\n<!-- /wp:more --><!-- wp:latest-posts {\"a\":1} /-->", "");
    same(
        "<!-- wp:columns --><div class=\"wp-block-columns\"><!-- wp:column --><div class=\"wp-block-column\"><p>a</p></div><!-- /wp:column --></div><!-- /wp:columns -->",
        "<p>a</p>",
    );
    same(
        "<!-- wp:embed {\"url\":\"https://x.example/1?a=1\\u0026b=2\"} /-->",
        "<figure class=\"embed\"><a href=\"https://x.example/1?a=1&amp;b=2\">x.example/1?a=1&amp;b=2</a></figure>",
    );
    same(
        "<!-- wp:embed {} --><figure class=\"wp-block-embed alignwide\"><div class=\"wp-block-embed__wrapper\">\nhttps://x.example/1\n</div><figcaption>c</figcaption></figure><!-- /wp:embed -->",
        "<figure class=\"embed\"><a href=\"https://x.example/1\">x.example/1</a><figcaption>c</figcaption></figure>",
    );
    same(
        "<div class=\"wp-block-button\"><a class=\"wp-block-button__link\" href=\"/x\">go</a></div>",
        "<p><a class=\"wp-block-button__link\" href=\"https://old.example/x\">go</a></p>",
    );
    same(
        "<figure class=\"wp-block-pullquote alignleft\"><blockquote><p>q</p></blockquote></figure>",
        "<figure class=\"align-left\"><blockquote class=\"pull\"><p>q</p></blockquote></figure>",
    );
}

#[test]
fn captions_and_alignment_become_figures() {
    let figure =
        "<figure class=\"align-left\"><a href=\"u\"><img src=\"s\"></a><figcaption>A <b>c</b></figcaption></figure>";
    same("[caption align=\"alignleft\"]<a href=\"u\"><img src=\"s\" /></a> A <b>c</b>[/caption]", figure);
    same("[wp_caption align='alignleft' caption='A <b>c</b>']<a href=\"u\"><img src=\"s\"></a>[/wp_caption]", figure);
    same(
        "<div class=\"wp-caption alignleft\"><a href=\"u\"><img src=\"s\"></a><p class=\"wp-caption-text\">A <b>c</b></p></div>",
        figure,
    );
    same(
        "<p>a <a href=\"u\"><img class=\"alignright x\" src=\"s\"></a> b</p>",
        "<p>a</p>\n<figure class=\"align-right\"><a href=\"u\"><img class=\"x\" src=\"s\"></a></figure>\n<p>b</p>",
    );
    same(
        "<em>t <img class=\"alignleft\" src=\"s\"> u</em>",
        "<p><em>t </em></p>\n<figure class=\"align-left\"><img src=\"s\"></figure>\n<p><em> u</em></p>",
    );
    same(
        "<div class=\"alignfull\"><figure><img src=\"s\"></figure></div>",
        "<figure class=\"align-full\"><img src=\"s\"></figure>",
    );
    same(
        "<table class=\"alignwide\"><tr><td>x</td></tr></table>",
        "<figure class=\"align-wide\"><table><tr><td>x</td></tr></table></figure>",
    );
    same(
        "<figure class=\"wp-block-gallery\"><ul><li><figure><img src=\"1\"></figure></li><li><img src=\"2\"></li></ul><figcaption>g</figcaption></figure>",
        "<div class=\"gallery\"><figure><img src=\"1\"></figure><figure><img src=\"2\"></figure></div>\n<p>g</p>",
    );
}

#[test]
fn shortcodes_are_replaced_removed_or_left() {
    same("a\n[gallery ids=\"1, 2,3\"]\nb", "<p>a</p>\n<div class=\"gallery\" data-ids=\"1,2,3\"></div>\n<p>b</p>");
    same("<p>[gallery]</p>", "<div class=\"gallery\" data-ids=\"\"></div>");
    let card = "<figure class=\"embed\"><a href=\"https://x.example/a.mp3\">x.example/a.mp3</a></figure>";
    for form in [
        "[embed width=\"1\"]https://x.example/a.mp3[/embed]",
        "[audio https://x.example/a.mp3]",
        "[audio mp3=\"https://x.example/a.mp3\"][/audio]",
        "[video src='https://x.example/a.mp3']",
        "https://x.example/a.mp3",
        "<p>https://x.example/a.mp3</p>",
        "<p><iframe src=\"//x.example/a.mp3\">x</iframe></p>",
        "<object><param name=\"movie\" value=\"https://x.example/a.mp3\"><embed src=\"https://y.example/\"></object>",
        "<audio><source src=\"https://x.example/a.mp3\"></audio>",
    ] {
        same(form, card);
    }
    same("see\nhttps://x.example/a.mp3\nnow", &format!("<p>see</p>\n{card}\n<p>now</p>"));
    same("see https://x.example/a.mp3", "<p>see https://x.example/a.mp3</p>");
    same(
        "[youtube dQw4w9WgXcQ]",
        "<figure class=\"embed\"><a href=\"https://www.youtube.com/watch?v=dQw4w9WgXcQ\">youtube.com/watch?v=dQw4w9WgXcQ</a></figure>",
    );
    same("[[gallery ids=\"1\"]] [[caption]x[/caption]]", "<p>[gallery ids=\"1\"] [caption]x[/caption]</p>");
    same("[vc_row][su_box title=\"x\"]kept[/su_box][/vc_row] [contact-form-7 id=\"1\"]", "<p>kept</p>");
    same(
        "He [sic] said [1] [...] [note to self] [audio tapes] a[i] [[Link]]",
        "<p>He [sic] said [1] [...] [note to self] [audio tapes] a[i] [[Link]]</p>",
    );
    same("[caption]no end", "<p>no end</p>");
    same(
        "[playlist ids=\"7\"]",
        "<figure class=\"embed\"><a href=\"https://old.example/blog/?attachment_id=7\">old.example/blog/?attachment_id=7</a></figure>",
    );
}

#[test]
fn comments_and_plain_text() {
    assert_eq!(
        comment_html("a\nb\n\n[gallery]\n\nhttps://x.example"),
        "<p>a<br>b</p>\n<p>[gallery]</p>\n<p>https://x.example</p>"
    );
    assert_eq!(
        plain_text(" A <em>b</em>c<br>d<p>e</p>f&nbsp;&amp;amp; <script>x</script>1 < 2 "),
        "A bc d e f &amp; 1 < 2"
    );
}

/// Checks that every end tag meets its start tag.
fn check_nesting(html: &str) {
    let mut open = Vec::new();
    for token in lexer::lex(html, false) {
        match token {
            Token::Open { name, empty, .. } if !empty && !tree::is_void(&name) => {
                assert!(&*name != "figure" || !open.iter().any(|o| o == "p"), "figure in p: {html}");
                open.push(name.into_owned());
            }
            Token::Close(name) => assert_eq!(open.pop().as_deref(), Some(&*name), "{html}"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{html}");
}

#[test]
fn garbage_gives_well_nested_markup() {
    let parts = [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href='x'>",
        "</a>",
        "<img class=\"alignleft\">",
        "\n",
        "\n\n",
        "é",
        "<div class=alignright>",
        "</div>",
        "[caption caption=\"<i>x\"]",
        "[/caption]",
        "[gallery",
        "]",
        "[[",
        "<!-- wp:x -->",
        "<!-- /wp:x -->",
        "<!--",
        "-->",
        "<td>",
        "<table>",
        "</table>",
        "<li>",
        "<ul class='wp-block-gallery'>",
        "</ul>",
        "<iframe src='//x.example'>",
        "</iframe>",
        "https://x.example/",
        "<figure>",
        "</figure>",
        "<figcaption>",
        "\"",
        "&amp;",
        "&",
        "<",
        "<pre>",
        "</pre>",
        "[embed]",
        "[/embed]",
        "<script>",
        "<blockquote class=wp-block-pullquote>",
        "<h1>",
        "<br>",
        "<em>",
        "</em>",
        "<div class=wp-caption>",
        "<object>",
        "[su_x a='b']",
        "\u{a0}",
    ];
    // A small linear congruential generator: the test must give the same every time.
    let mut state = 7_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..30 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[usize::try_from(state >> 33).unwrap() % parts.len()]);
        }
        check_nesting(&html(&text));
        check_nesting(&comment_html(&text));
        plain_text(&text);
    }
}

#[test]
fn hostile_sizes_stay_linear() {
    let start = std::time::Instant::now();
    for part in [
        "<b>",
        "<div>",
        "<a \"",
        "[a \"",
        "[a '\"",
        "<!--",
        "[[",
        "[gallery ",
        "<iframe>",
        "</p>",
        "&",
        "<p>",
        "\n",
        "[b]x",
        "<b><img class=alignleft>x",
        "https://x.example\n",
        "<ul><li>",
        "[caption]<img>",
        "<figure>",
        "[b x=\"1\"]",
        "[/b]",
        "<textarea>",
        "<!-- wp:x -->",
        "<!-- /wp:x -->",
        "&nbsp;",
        "<br>\n",
        "<p id=x>\n\ny",
        "<a href=x><img class=alignleft>",
        "<iframe></iframe ",
    ] {
        let text = part.repeat(60_000 / part.len());
        let out = html(&text);
        assert!(out.len() < 30 * text.len(), "{part}: {}", out.len());
        comment_html(&text);
        plain_text(&text);
    }
    // Quadratic behaviour would take minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
