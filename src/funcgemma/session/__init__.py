"""One conversation: route, clarify, confirm, run, reply, remember."""

from funcgemma.session.conversation import Session
from funcgemma.session.model_chat import ModelChat
from funcgemma.session.policy import Manners
from funcgemma.session.state import SessionState, Turn, Waiting

__all__ = ["Manners", "ModelChat", "Session", "SessionState", "Turn", "Waiting"]
