"""Children and adults named in confidential work: who may know of them, who was told, and how long that is kept."""
