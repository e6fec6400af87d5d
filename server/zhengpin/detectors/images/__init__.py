"""Pictures by their perceptual hashes: how far two lie apart, and which of many lie near one."""
