//! The camera of this machine, through nokhwa.

use std::time::Instant;

use nokhwa::pixel_format::RgbFormat;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
    Resolution,
};
use nokhwa::{Camera, NokhwaError};
use quanshengshi_frame::frame::{Frame, FrameError, FrameShape, PixelFormat, Rotation};
use quanshengshi_frame::planes::{Plane, Planes};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{StillError, decode};
use quanshengshi_frame::ycbcr::{Encoding, Matrix, Range};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WebcamError {
    #[error("这台电脑没有摄像头 · this machine has no camera")]
    Missing,
    #[error(
        "摄像头打不开，可能正被别的程序使用 · the camera cannot be opened, another program may have it: {0}"
    )]
    Busy(#[source] NokhwaError),
    #[error("摄像头不再给出画面 · the camera gives no pictures any more: {0}")]
    Lost(#[source] NokhwaError),
    #[error("摄像头的画面读不出来 · a picture of the camera cannot be read")]
    Still(#[from] StillError),
    #[error("摄像头的画面不完整 · a picture of the camera is not whole")]
    Pixels(#[from] FrameError),
}

/// The first camera of this machine, at work until it is dropped.
pub(crate) struct Webcam {
    camera: Camera,
    start: Instant,
}

impl Webcam {
    /// Opens it, at 720p or what it has instead.
    pub(crate) fn open() -> Result<Self, WebcamError> {
        let there = nokhwa::query(ApiBackend::Auto).map_err(WebcamError::Busy)?;
        let first = there.first().ok_or(WebcamError::Missing)?.index().clone();
        let mut camera = of_this_kind(&first).map_err(WebcamError::Busy)?;
        camera.open_stream().map_err(WebcamError::Busy)?;
        Ok(Self {
            camera,
            start: Instant::now(),
        })
    }

    /// The next picture, which is waited for, and its time in milliseconds.
    pub(crate) fn frame(&mut self) -> Result<(Rgb, u64), WebcamError> {
        let buffer = self.camera.frame().map_err(WebcamError::Lost)?;
        let t_ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let size = buffer.resolution();
        let kind = buffer.source_frame_format();
        Ok((
            upright(buffer.buffer(), kind, size.width(), size.height())?,
            t_ms,
        ))
    }
}

/// Small enough for 30 pictures a second over USB, large enough for a face at arm's length.
fn of_this_kind(index: &CameraIndex) -> Result<Camera, NokhwaError> {
    let near = |width, height, format| {
        RequestedFormatType::Closest(CameraFormat::new(
            Resolution::new(width, height),
            format,
            30,
        ))
    };
    let wishes = [
        near(1280, 720, FrameFormat::MJPEG),
        near(640, 480, FrameFormat::YUYV),
    ];
    let open = |wish| Camera::new(index.clone(), RequestedFormat::new::<RgbFormat>(wish));
    wishes
        .into_iter()
        .find_map(|wish| open(wish).ok())
        .map_or_else(|| open(RequestedFormatType::AbsoluteHighestFrameRate), Ok)
}

/// The colours of a picture as a driver hands it over.
fn upright(bytes: &[u8], kind: FrameFormat, width: u32, height: u32) -> Result<Rgb, WebcamError> {
    let packed = |format| FrameShape::dense(width, height, format);
    let of = |shape| Ok(Frame::new(bytes, shape, 0)?.rgb());
    match kind {
        FrameFormat::MJPEG => Ok(decode(bytes)?),
        FrameFormat::YUYV => Ok(Frame::of_planes(woven(bytes, width, height), 0)?.rgb()),
        FrameFormat::NV12 => of(packed(PixelFormat::Nv12)),
        FrameFormat::GRAY => of(packed(PixelFormat::Luma8)),
        FrameFormat::RAWRGB => of(packed(PixelFormat::Rgb8)),
        FrameFormat::RAWBGR => {
            let mut picture: Rgb = of(packed(PixelFormat::Rgb8))?;
            for pixel in picture.pixels.as_chunks_mut::<3>().0 {
                pixel.swap(0, 2);
            }
            Ok(picture)
        }
    }
}

/// YUYV: brightness, blueness, brightness, redness in turn. The colours of every second row are left out, as
/// the planes of phones have them.
fn woven(bytes: &[u8], width: u32, height: u32) -> Planes<'_> {
    let every = |from: usize, row_stride, pixel_stride| Plane {
        bytes: bytes.get(from..).unwrap_or_default(),
        row_stride,
        pixel_stride,
    };
    let row = width.div_ceil(2).saturating_mul(4);
    let rows = row.saturating_mul(2);
    Planes {
        width,
        height,
        luma: every(0, row, 2),
        cb: every(1, rows, 4),
        cr: every(3, rows, 4),
        // What Video4Linux means where a driver says nothing.
        encoding: Encoding {
            range: Range::Video,
            matrix: Matrix::Bt601,
        },
        rotation: Rotation::None,
        mirrored: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_picture_has_the_colours_it_was_made_of() {
        let red = |picture: &Rgb| {
            picture.pixels.as_chunks::<3>().0.iter().all(|pixel| {
                let [red, green, blue] = *pixel;
                red >= 252 && green <= 3 && blue <= 3
            })
        };
        // Red in the numbers of video.
        let woven = [81, 90, 81, 240].repeat(4);
        let woven = upright(&woven, FrameFormat::YUYV, 4, 2).unwrap();
        assert_eq!((woven.width, woven.height), (4, 2));
        assert!(red(&woven), "{:?}", woven.pixels);
        let packed = [255, 0, 0].repeat(4);
        assert!(red(&upright(&packed, FrameFormat::RAWRGB, 2, 2).unwrap()));
        let turned = [0, 0, 255].repeat(4);
        assert!(red(&upright(&turned, FrameFormat::RAWBGR, 2, 2).unwrap()));
        let grey = upright(&[9; 4], FrameFormat::GRAY, 2, 2).unwrap();
        assert_eq!(grey.pixels, [9; 12]);
        let white = upright(&[255, 255, 255, 255, 128, 128], FrameFormat::NV12, 2, 2).unwrap();
        assert_eq!(white.pixels, [255; 12]);
        let jpeg = quanshengshi_frame::still::encode_jpeg(&white, 90).unwrap();
        assert_eq!(
            upright(&jpeg, FrameFormat::MJPEG, 2, 2).unwrap().pixels,
            [255; 12]
        );
    }

    #[test]
    fn a_picture_cut_short_is_an_error() {
        for kind in [
            FrameFormat::YUYV,
            FrameFormat::NV12,
            FrameFormat::GRAY,
            FrameFormat::RAWRGB,
            FrameFormat::RAWBGR,
        ] {
            assert!(
                matches!(upright(&[0; 7], kind, 4, 4), Err(WebcamError::Pixels(_))),
                "{kind}"
            );
        }
        assert!(matches!(
            upright(&[0; 7], FrameFormat::MJPEG, 4, 4),
            Err(WebcamError::Still(_))
        ));
    }

    #[test]
    fn a_machine_without_a_camera_says_so() {
        let there = nokhwa::query(ApiBackend::Auto).unwrap();
        if there.is_empty() {
            assert!(matches!(Webcam::open(), Err(WebcamError::Missing)));
        } else {
            println!(
                "SKIP a machine without a camera: this one has {}",
                there.len()
            );
        }
    }
}
