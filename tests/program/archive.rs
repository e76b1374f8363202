//! Archives: what comes in, and what is refused.

use super::*;

/// A small export in the form of WordPress: two posts, one of them with an
/// answered comment, a page, a category and a tag.
pub const WORDPRESS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>kim</wp:author_login><wp:author_email>kim@old.example</wp:author_email><wp:author_display_name>Kim Ode</wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>harbour</wp:category_nicename><wp:cat_name>Harbour</wp:cat_name></wp:category>
<item><title>Boats &amp; bridges</title><link>https://old.example/2011/05/boats/</link><dc:creator>kim</dc:creator>
<content:encoded><![CDATA[First line.

<h1>Second</h1><script>alert(1)</script>
<img src="https://old.example/boat.jpg" alt="A boat">]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt><wp:post_name>boats</wp:post_name><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><wp:comment_status>open</wp:comment_status><category domain="category" nicename="harbour">Harbour</category>
<category domain="post_tag" nicename="water">Water</category>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_author_email>bo@old.example</wp:comment_author_email><wp:comment_date_gmt>2011-05-07 00:00:00</wp:comment_date_gmt><wp:comment_content>An answer</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>1</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Al</wp:comment_author><wp:comment_date_gmt>2011-05-06 00:00:00</wp:comment_date_gmt><wp:comment_content>A question</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_author>Spam</wp:comment_author><wp:comment_date_gmt>2011-05-08 00:00:00</wp:comment_date_gmt><wp:comment_content>Unapproved words</wp:comment_content><wp:comment_approved>0</wp:comment_approved></wp:comment>
</item>
<item><title>About us</title><link>https://old.example/about-us/</link><dc:creator>kim</dc:creator><content:encoded><![CDATA[We.]]></content:encoded>
<wp:post_id>8</wp:post_id><wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt><wp:post_name>about-us</wp:post_name><wp:status>publish</wp:status><wp:post_type>page</wp:post_type>
<wp:comment><wp:comment_id>4</wp:comment_id><wp:comment_author>Cy</wp:comment_author><wp:comment_date_gmt>2011-05-09 00:00:00</wp:comment_date_gmt><wp:comment_content>Who are you?</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>
<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author>Kim</wp:comment_author><wp:comment_date_gmt>2011-05-10 00:00:00</wp:comment_date_gmt><wp:comment_content>A newsroom.</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>4</wp:comment_parent></wp:comment></item>
<item><title>Behind a door</title><link>https://old.example/door/</link><dc:creator>kim</dc:creator><content:encoded><![CDATA[Hidden.]]></content:encoded>
<wp:post_id>9</wp:post_id><wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt><wp:post_name>door</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password>x</wp:post_password></item>
</channel></rss>"#;

/// Comes in; 3, because a picture and a password did not come with it.
fn imported(place: &Place) -> String {
    let output = place.run(&["import", "wordpress", "old.xml"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    text(&output.stderr)
}

#[test]
fn a_wordpress_archive_opens_and_comes_in_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for database in runtime.block_on(both()) {
        let place = Place::new(&database);
        let file = place.folder.path().join("old.xml");
        std::fs::write(&file, WORDPRESS).unwrap();
        let first = imported(&place);
        assert!(first.contains("3 new, 0 changed, 0 unchanged; 5 comments"), "{first}");
        let again = imported(&place);
        assert!(again.contains("0 new, 0 changed, 3 unchanged; 0 comments"), "{again}");
        std::fs::write(&file, WORDPRESS.replace("First line.", "Another line.")).unwrap();
        let changed = imported(&place);
        assert!(changed.contains("0 new, 1 changed, 2 unchanged"), "{changed}");
        let server = Server::start(&place);
        let page = server.get("/harbour/boats");
        for part in [
            "Boats &amp; bridges",
            "Another line.",
            "<h2>Second</h2>",
            "Kim Ode",
            "2 Comments",
            "comment--depth-1",
            ">A boat</a>",
            "/topic/water",
        ] {
            assert!(page.contains(part), "{part} is missing");
        }
        for part in ["alert(1)", "Unapproved words", "old.example/boat.jpg\" alt", "kim@old.example", "bo@old.example"]
        {
            assert!(!page.contains(part), "{part} is there");
        }
        let about = server.get("/about-us");
        for part in ["Who are you?", "A newsroom.", "comment--depth-1", "2 Comments"] {
            assert!(about.contains(part), "{part} is missing");
        }
        assert_eq!(server.status("/harbour/door"), 404);
        for old in ["/2011/05/boats/", "/?p=7"] {
            assert!(server.get(old).contains("location: /harbour/boats\r\n"), "{old}: {}", server.get(old));
        }
        for (name, bad) in [("empty.xml", ""), ("text.xml", "hello"), ("cut.xml", &WORDPRESS[..900])] {
            std::fs::write(place.folder.path().join(name), bad).unwrap();
            let output = place.run(&["import", "wordpress", name]);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{name}");
            assert!(said.contains(name) && !said.contains("panicked"), "{said}");
        }
        assert_eq!(server.status("/harbour/boats"), 200, "what was stored stays");
        place.done(&["unpublish", "boats"]);
        imported(&place);
        server.until("what was taken down stays down", |s| s.status("/harbour/boats") == 410);
    }
}
