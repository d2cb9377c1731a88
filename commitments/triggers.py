"""What the database refuses, beyond single rows: an edited history, a state without its event."""

from commitments.lifecycle import CLOCKS_OWN

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION commitments_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history is append-only: events are neither changed nor deleted.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON commitments_event
    FOR EACH ROW EXECUTE FUNCTION commitments_event_stays();
CREATE TRIGGER event_stays_truncated BEFORE TRUNCATE ON commitments_event
    FOR EACH STATEMENT EXECUTE FUNCTION commitments_event_stays();
"""

STATE_WITH_ITS_EVENT = f"""
CREATE OR REPLACE FUNCTION commitments_state_has_its_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_is commitments_commitment%ROWTYPE;
BEGIN
    SELECT * INTO now_is FROM commitments_commitment WHERE id = NEW.id;
    IF FOUND AND NOT EXISTS (
        SELECT FROM commitments_event e
        WHERE e.commitment_id = now_is.id AND e.number = now_is.version AND e.state = now_is.state
          AND e.visibility = now_is.visibility AND e.due_on IS NOT DISTINCT FROM now_is.due_on
    ) THEN
        RAISE EXCEPTION 'Commitment % stands as %, %, due %, but no event says so.',
            now_is.id, now_is.state, now_is.visibility, now_is.due_on
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER state_has_its_event
    AFTER INSERT OR UPDATE OF state, visibility, due_on, version ON commitments_commitment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commitments_state_has_its_event();

CREATE OR REPLACE FUNCTION commitments_event_has_its_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM commitments_commitment c
        WHERE c.id = NEW.commitment_id AND c.version >= NEW.number
    ) THEN
        RAISE EXCEPTION 'Event % says %, but commitment % never stood so.',
            NEW.id, NEW.state, NEW.commitment_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER event_has_its_state
    AFTER INSERT ON commitments_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.act NOT IN ({", ".join(f"'{act}'" for act in CLOCKS_OWN)}))
    EXECUTE FUNCTION commitments_event_has_its_state();
"""

FORWARD = APPEND_ONLY + STATE_WITH_ITS_EVENT
BACKWARD = """
DROP TRIGGER event_stays ON commitments_event;
DROP TRIGGER event_stays_truncated ON commitments_event;
DROP TRIGGER state_has_its_event ON commitments_commitment;
DROP TRIGGER event_has_its_state ON commitments_event;
DROP FUNCTION commitments_event_stays();
DROP FUNCTION commitments_state_has_its_event();
DROP FUNCTION commitments_event_has_its_state();
"""
