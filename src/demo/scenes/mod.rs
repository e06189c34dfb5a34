//! The scenes of the demo folder: each puts its files in, and beside each file what it hides there.

mod angio;
mod blobs;
mod brain;
mod breast;
mod charts;
mod chest;
mod clean;
mod csa;
mod directory;
mod documents;
mod echo;
mod foreign;
mod head;
mod image;
mod pdf;
mod report;
mod scrubbed;

use super::error::DemoError;
use super::folder::Folder;

/// Puts its files into the folder.
type Scene = fn(&mut Folder) -> Result<(), DemoError>;

/// In this order; a scene reads nothing of another's.
pub(super) const SCENES: [Scene; 12] = [
    head::erika,
    brain::yamada,
    chest::max,
    echo::tina,
    angio::eleni,
    breast::zkouska,
    report::reports,
    documents::documents,
    charts::charts,
    scrubbed::scrubbed,
    clean::clean,
    foreign::foreign,
];
