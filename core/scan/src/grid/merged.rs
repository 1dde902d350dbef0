//! What several frames tell of the same code together: what one shows dimly, ten show clearly.

use crate::grid::rescue::Rescue;

/// Frames after which the older ones count less: the code of a page is drawn anew from time to time.
const MEMORY: f32 = 8.0;

/// The modules of a code that no single frame was enough for.
pub(crate) struct Merged {
    /// Sums over the frames, clean modules counting one.
    values: Vec<f32>,
    frames: f32,
}

impl Merged {
    /// What the first frame told.
    pub(crate) fn of(rescue: &Rescue) -> Self {
        Self {
            values: rescue.told().to_vec(),
            frames: 1.0,
        }
    }

    /// Adds what another frame told; the text if both together can be read. A code of another size
    /// begins anew.
    pub(crate) fn add(&mut self, rescue: &Rescue) -> Option<String> {
        if rescue.told().len() != self.values.len() {
            *self = Self::of(rescue);
            return None;
        }
        let fade = (MEMORY / (self.frames + 1.0)).min(1.0);
        for (sum, told) in self.values.iter_mut().zip(rescue.told()) {
            *sum = (*sum + told) * fade;
        }
        self.frames = (self.frames + 1.0) * fade;
        let means: Vec<f32> = self.values.iter().map(|sum| sum / self.frames).collect();
        rescue.text_of(&means)
    }
}
