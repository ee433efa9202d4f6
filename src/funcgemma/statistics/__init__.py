"""Small statistics that training and evaluation share; pure functions of numbers."""
