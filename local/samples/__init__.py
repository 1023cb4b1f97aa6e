"""Supporting documents for a demonstration, drawn by our own code: believable, and the same every time."""

from local.samples.catalogue import COLLEAGUE_SAMPLES, SAMPLES, Outcome, Sample, write_samples

__all__ = ["COLLEAGUE_SAMPLES", "SAMPLES", "Outcome", "Sample", "write_samples"]
