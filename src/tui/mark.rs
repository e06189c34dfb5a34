use crate::{
    leak::{Region, Severity},
    raster::Mark,
};

/// A frame around what was found in the pixels, in the colour of its severity.
pub fn mark(region: Region, severity: Severity) -> Mark {
    let rgb = match severity {
        Severity::Critical => [255, 80, 80],
        Severity::High => [255, 157, 87],
        Severity::Medium => [230, 207, 95],
        Severity::Low | Severity::Info => [116, 184, 214],
    };
    Mark { x: region.x, y: region.y, width: region.w, height: region.h, rgb }
}
