"""Every write about proceedings: one function for each verb."""
