"""One file (or folder), one stage; each exports its ``STAGE``. Stages meet only in tables."""
