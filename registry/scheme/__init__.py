"""Label schemes: who may award which label, by which standard, for how long. All of it is data."""
