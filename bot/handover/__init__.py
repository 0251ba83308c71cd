"""The life of a handover (`§2.4` step 7): its states, who may do what, what is said of it, reminders and escalation."""
