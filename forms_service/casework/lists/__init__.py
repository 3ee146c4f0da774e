"""What the pages show, one file per list: plain values that hold no more than the viewer may see."""
