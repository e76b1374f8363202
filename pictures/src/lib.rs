//! Pictures made ready for screens: turned upright, freed of what cameras write
//! into them, in the widths that pages ask for, as lossy WebP and as JPEG, and
//! cut to the shapes that social cards and search engines want; and the words that
//! their makers wrote into them. Bytes in, bytes out: names and places are the
//! caller's.

mod words;

pub use words::Said;

use fast_image_resize::{
    FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::{U8x3, U8x4},
};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, RgbaImage, codecs::jpeg::JpegEncoder};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::io::Cursor;
use webp::WebPConfig;

/// Good enough that no artefact is seen at arm's length, small enough for a phone.
const WEBP_QUALITY: f32 = 76.0;
/// From so many pixels on: mostly dense screens ask for them, and show them small.
const DENSE: (u32, f32) = (700, 62.0);
/// Up to so many pixels, what phones fetch, the encoder takes all the time that it can use
/// (method 6): a tenth fewer bytes. Twice as wide it would take four times as long.
const PATIENT: (u32, i32) = (1000, 6);
const JPEG_QUALITY: u8 = 80;
/// The most memory that one decoding may take: 40 megapixels with 4 bytes, twice.
const MOST_MEMORY: u64 = 400_000_000;

/// Why a picture can't be made ready.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Its bytes say that it is a picture, but they end too soon or make no sense.
    #[error("the picture is damaged ({0})")]
    Damaged(String),
}

/// What is wanted of every picture.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Widths in pixels, rising.
    pub widths: &'a [u32],
    /// Shapes by name, at most so many pixels across and up.
    pub cuts: &'a [(&'a str, u32, u32)],
    /// AVIF besides; nothing comes of it where the program was built without.
    pub avif: bool,
}

/// Whether this program can make AVIF.
pub const AVIF: bool = cfg!(feature = "avif");

/// A picture in all its forms.
pub struct Made {
    /// Upright, in pixels.
    pub width: u32,
    /// Upright, in pixels.
    pub height: u32,
    /// The widths that there are, rising.
    pub widths: Vec<u32>,
    /// Something shines through: then there is WebP alone, and no cut.
    pub alpha: bool,
    /// Each width is there as AVIF, too.
    pub avif: bool,
    /// The forms as `640.webp`, `640.jpg`, `card.jpg`, with their bytes.
    pub forms: Vec<(String, Vec<u8>)>,
}

fn damaged(error: impl std::fmt::Display) -> PictureError {
    PictureError::Damaged(error.to_string())
}

/// Makes a picture ready; `extension` names its kind. What moves (GIF) and what can't
/// be decoded here (AVIF) stays as it came: `None`.
pub fn make(bytes: &[u8], extension: &str, wanted: Wanted) -> Result<Option<Made>, PictureError> {
    if !["jpg", "png", "webp"].contains(&extension) || is_animated(bytes, extension) {
        return Ok(None);
    }
    let (picture, profile) = decode(bytes)?;
    let alpha = picture.color().has_alpha() && has_holes(&picture);
    let picture = if alpha {
        let mut picture = picture.into_rgba8();
        for_screens(&mut picture, Layout::Rgba, profile.as_deref());
        DynamicImage::ImageRgba8(picture)
    } else {
        let mut picture = picture.into_rgb8();
        for_screens(&mut picture, Layout::Rgb, profile.as_deref());
        DynamicImage::ImageRgb8(picture)
    };
    let (width, height) = (picture.width(), picture.height());
    let mut widths: Vec<u32> = wanted.widths.iter().copied().filter(|w| *w < width).collect();
    widths.push(width.min(wanted.widths.last().copied().unwrap_or(width)));
    widths.dedup();
    let mut forms = Vec::new();
    // From the largest down: each is made of the one before, which costs least.
    let mut current = picture;
    for width in widths.iter().rev() {
        current = resized(&current, *width)?;
        forms.push((format!("{width}.webp"), webp(&current)));
        #[cfg(feature = "avif")]
        if wanted.avif {
            forms.push((format!("{width}.avif"), avif(&current)?));
        }
        if !alpha {
            forms.push((format!("{width}.jpg"), jpeg(&current.to_rgb8())?));
        }
        if width == widths.last().unwrap_or(width) && !alpha {
            for (name, across, up) in wanted.cuts {
                let cut = cut(&current, *across, *up)?;
                forms.push((format!("{name}.jpg"), jpeg(&cut)?));
            }
        }
    }
    Ok(Some(Made { width, height, widths, alpha, avif: AVIF && wanted.avif, forms }))
}

/// With limits, upright; and the colour profile that it carries.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, Option<Vec<u8>>), PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(damaged)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let turned = decoder.orientation().map_err(damaged)?;
    let profile = decoder.icc_profile().unwrap_or_default();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(turned);
    Ok((picture, profile))
}

/// Turns a wide-gamut picture's colours into those of the web (sRGB, IEC 61966-2-1),
/// which the made forms are taken to have, since they carry no profile. A profile
/// that can't be read, or is for printing, changes nothing.
fn for_screens(pixels: &mut [u8], layout: Layout, profile: Option<&[u8]>) {
    let Some(from) = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok()) else { return };
    if from.color_space != DataColorSpace::Rgb {
        return;
    }
    let to = ColorProfile::new_srgb();
    let Ok(turn) = from.create_transform_8bit(layout, &to, layout, TransformOptions::default()) else { return };
    let mut turned = vec![0; pixels.len()];
    if turn.transform(pixels, &mut turned).is_ok() {
        pixels.copy_from_slice(&turned);
    }
}

/// Whether a picture moves: PNG has a chunk for it, WebP a flag in its header
/// (WebP Container Specification, VP8X).
fn is_animated(bytes: &[u8], extension: &str) -> bool {
    match extension {
        "png" => {
            // The chunk stands before the first picture.
            let head = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
            head.windows(4).any(|chunk| chunk == b"acTL")
        }
        "webp" => bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 0b10 != 0),
        _ => false,
    }
}

/// Whether anything shines through.
fn has_holes(picture: &DynamicImage) -> bool {
    picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255)
}

fn resized(picture: &DynamicImage, width: u32) -> Result<DynamicImage, PictureError> {
    if picture.width() == width {
        return Ok(picture.clone());
    }
    // At least a line, however long a banner is.
    let height = (u64::from(picture.height()) * u64::from(width) / u64::from(picture.width())).max(1);
    let height = u32::try_from(height).unwrap_or(1);
    exactly(picture, width, height)
}

fn exactly(picture: &DynamicImage, width: u32, height: u32) -> Result<DynamicImage, PictureError> {
    let (from, to) = ((picture.width(), picture.height()), (width, height));
    let wrong = || damaged("its pixels have another form");
    Ok(match picture {
        DynamicImage::ImageRgba8(p) => {
            RgbaImage::from_raw(width, height, scaled::<U8x4>(p.as_raw(), from, to)?).ok_or_else(wrong)?.into()
        }
        other => {
            let pixels = scaled::<U8x3>(other.to_rgb8().as_raw(), from, to)?;
            RgbImage::from_raw(width, height, pixels).ok_or_else(wrong)?.into()
        }
    })
}

/// Pixels of one form: the resizer's own way for any form would be compiled for all of them.
fn scaled<P: PixelTrait>(
    pixels: &[u8],
    (width, height): (u32, u32),
    (across, up): (u32, u32),
) -> Result<Vec<u8>, PictureError> {
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    let source = TypedImageRef::<P>::from_buffer(width, height, pixels).map_err(damaged)?;
    let mut target = vec![0; across as usize * up as usize * size_of::<P>()];
    let mut view = TypedImage::<P>::from_buffer(across, up, &mut target).map_err(damaged)?;
    Resizer::new().resize_typed(&source, &mut view, &options).map_err(damaged)?;
    Ok(target)
}

/// The middle of a picture in a shape, at most as large as asked for.
fn cut(picture: &DynamicImage, across: u32, up: u32) -> Result<RgbImage, PictureError> {
    let (width, height) = (picture.width(), picture.height());
    let wide = u64::from(width) * u64::from(up) > u64::from(height) * u64::from(across);
    let (w, h) = if wide {
        (u64::from(height) * u64::from(across) / u64::from(up), u64::from(height))
    } else {
        (u64::from(width), u64::from(width) * u64::from(up) / u64::from(across))
    };
    let (w, h) = (u32::try_from(w).unwrap_or(1).max(1), u32::try_from(h).unwrap_or(1).max(1));
    let part = picture.crop_imm((width - w.min(width)) / 2, (height - h.min(height)) / 2, w, h);
    let part = if w > across { exactly(&part, across, up)? } else { part };
    Ok(part.into_rgb8())
}

fn webp(picture: &DynamicImage) -> Vec<u8> {
    let (width, height) = (picture.width(), picture.height());
    let quality = if width < DENSE.0 { WEBP_QUALITY } else { DENSE.1 };
    let encoded = |encoder: webp::Encoder| match WebPConfig::new() {
        Ok(mut config) if width <= PATIENT.0 => {
            config.quality = quality;
            config.method = PATIENT.1;
            encoder.encode_advanced(&config).map_or_else(|_| encoder.encode(quality).to_vec(), |bytes| bytes.to_vec())
        }
        _ => encoder.encode(quality).to_vec(),
    };
    match picture {
        DynamicImage::ImageRgba8(p) => encoded(webp::Encoder::from_rgba(p, width, height)),
        other => encoded(webp::Encoder::from_rgb(&other.to_rgb8(), width, height)),
    }
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(picture).map_err(damaged)?;
    Ok(bytes)
}

/// As small as WebP at its quality, and finer; speed 6 of 10.
#[cfg(feature = "avif")]
fn avif(picture: &DynamicImage) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::avif::AvifEncoder::new_with_speed_quality(&mut bytes, 6, 62);
    picture.write_with_encoder(encoder).map_err(damaged)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted = Wanted {
        widths: &[320, 480, 640, 960, 1_280, 1_920],
        cuts: &[("card", 1_200, 630), ("1x1", 1_200, 1_200)],
        avif: true,
    };

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    /// Red on the left, blue on the right.
    fn halves(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
            image::Rgb(if x < width / 2 { [200, 0, 0] } else { [0, 0, 200] })
        }))
    }

    fn size_of(made: &Made, name: &str) -> (u32, u32) {
        let (_, bytes) =
            made.forms.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("{name} is missing"));
        let picture = image::load_from_memory(bytes).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_picture_is_made_in_every_width_below_its_own() {
        let made = make(&png(&halves(1_000, 500)), "png", WANTED).unwrap().unwrap();
        assert_eq!((made.width, made.height, made.alpha), (1_000, 500, false));
        assert_eq!(made.widths, [320, 480, 640, 960, 1_000]);
        let avif = made.forms.iter().filter(|(name, _)| name.ends_with(".avif")).count();
        assert_eq!((made.avif, avif), (AVIF, if AVIF { 5 } else { 0 }));
        for width in [320, 1_000] {
            assert_eq!(size_of(&made, &format!("{width}.webp")), (width, width / 2));
            assert_eq!(size_of(&made, &format!("{width}.jpg")), (width, width / 2));
        }
        assert_eq!(size_of(&made, "1x1.jpg"), (500, 500));
        let (across, up) = size_of(&made, "card.jpg");
        assert!((f64::from(across) / f64::from(up) - 1_200.0 / 630.0).abs() < 0.01, "{across} × {up}");
        let large = make(&png(&halves(2_400, 1_600)), "png", WANTED).unwrap().unwrap();
        assert_eq!(large.widths, WANTED.widths);
        assert_eq!(size_of(&large, "card.jpg"), (1_200, 630));
        let tiny = make(&png(&halves(2, 1)), "png", WANTED).unwrap().unwrap();
        assert_eq!(tiny.widths, [2]);
    }

    #[test]
    fn what_shines_through_stays_so() {
        let glass = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(400, 400, image::Rgba([9, 9, 9, 100])));
        let made = make(&png(&glass), "png", WANTED).unwrap().unwrap();
        assert!(made.alpha && made.forms.iter().all(|(name, _)| !name.ends_with(".jpg")));
        let solid = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(400, 400, image::Rgba([9, 9, 9, 255])));
        assert!(!make(&png(&solid), "png", WANTED).unwrap().unwrap().alpha);
    }

    /// A JPEG as a camera held upright writes it: lying, with a note to turn it by
    /// 90 degrees, and with a place.
    #[test]
    fn what_a_camera_notes_is_heeded_and_thrown_away() {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&halves(400, 200)).unwrap();
        // TIFF, little-endian: one entry, orientation (0x0112) = 6.
        let tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0SECRET PLACE";
        let mut exif = b"\xff\xe1".to_vec();
        exif.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        exif.extend(b"Exif\0\0");
        exif.extend(tiff);
        jpeg.splice(2..2, exif);
        assert!(jpeg.windows(6).any(|w| w == b"SECRET"));
        let made = make(&jpeg, "jpg", WANTED).unwrap().unwrap();
        assert_eq!((made.width, made.height), (200, 400));
        assert!(made.forms.iter().all(|(_, bytes)| !bytes.windows(6).any(|w| w == b"SECRET")));
    }

    #[test]
    fn bombs_stumps_and_lies_are_refused_and_what_moves_is_left() {
        let whole = png(&halves(300, 300));
        assert!(make(&whole[..whole.len() / 2], "png", WANTED).is_err());
        assert!(make(b"no picture at all", "jpg", WANTED).is_err());
        let mut bomb = whole.clone();
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(make(&bomb, "png", WANTED).is_err());
        assert!(make(b"GIF89a", "gif", WANTED).unwrap().is_none());
        let mut moving = whole[..33].to_vec();
        moving.extend(b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0");
        moving.extend(&whole[33..]);
        assert!(make(&moving, "png", WANTED).unwrap().is_none());
    }
}
