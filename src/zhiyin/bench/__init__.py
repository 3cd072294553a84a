"""Tasks on files: the rooms' learners beside baselines and controls, a file a task."""
