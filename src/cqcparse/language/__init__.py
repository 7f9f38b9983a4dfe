"""What extractors are made of: vocabulary scan, noun-phrase grammar, cues, readers of quantities."""
