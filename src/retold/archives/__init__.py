"""What a person does with an archive: build it, list its stories, show one, say why, list shared passages.

Brings readers, stages and views together over ``engine.archive``; how an archive lies on disk is left to that.
"""
