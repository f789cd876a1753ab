"""Published guidance and local procedures: documents, their editions and when each holds, and every clause."""
