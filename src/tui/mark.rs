use crate::{
    leak::{Region, Severity},
    raster::Mark,
    redact::Rectangle,
};

/// A frame around what was found in the pixels, in the colour of its severity.
pub fn found(region: Region, severity: Severity) -> Mark {
    let rgb = match severity {
        Severity::Critical => [255, 80, 80],
        Severity::High => [255, 157, 87],
        Severity::Medium => [230, 207, 95],
        Severity::Low | Severity::Info => [116, 184, 214],
    };
    Mark { x: region.x, y: region.y, width: region.w, height: region.h, rgb }
}

/// A frame around pixels that are marked to be blacked out, or that are being drawn.
pub fn rectangle(Rectangle { x, y, w, h }: Rectangle, drawn: bool) -> Mark {
    let rgb = if drawn { [255, 255, 255] } else { [127, 191, 138] };
    Mark { x, y, width: w, height: h, rgb }
}

/// A frame around the pixel whose value is told.
pub fn probed((x, y): (u32, u32)) -> Mark {
    Mark { x, y, width: 1, height: 1, rgb: [90, 220, 220] }
}
