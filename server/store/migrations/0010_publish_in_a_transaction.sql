-- What an app that shares this database publishes within its own transaction. The row waits in sql_outbox until the
-- transaction commits: only then is it given its place in the log, so that a long transaction holds up nobody, and a
-- rollback takes it back.
create or replace function yayin_publish(channel text, message jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind text;
  most integer;
begin
  if channel is null or length(channel) > 200
    or channel collate "C" !~ '^[A-Za-z0-9_.:-]+(/[A-Za-z0-9_.:-]+)*$' then
    raise exception 'invalid_channel: % is no channel: a channel name is 1-200 characters of A-Z a-z 0-9 _ - . : /, with no empty segment between slashes',
      coalesce(quote_literal(left(channel, 220)), 'null') using errcode = 'invalid_parameter_value';
  end if;
  if split_part(channel, '/', 1) in ('admin', 'participant', 'room') then
    raise exception 'forbidden_channel: only the server, or who is in that room, publishes to %', channel
      using errcode = 'insufficient_privilege';
  end if;
  if message is null or jsonb_typeof(message) <> 'object' then
    raise exception 'invalid: a message is a JSON object, not %', coalesce(jsonb_typeof(message), 'null')
      using errcode = 'invalid_parameter_value';
  end if;
  if coalesce(jsonb_typeof(message -> 'type'), 'null') not in ('string', 'null') then
    raise exception 'invalid: type is a string, not %', jsonb_typeof(message -> 'type')
      using errcode = 'invalid_parameter_value';
  end if;
  kind := coalesce(message ->> 'type', 'message');
  if kind in ('connected', 'disconnect', 'error', 'ack', 'pong', 'subscribed', 'unsubscribed', 'presence',
    'presence_join', 'presence_leave', 'history', 'channels', 'signal') then
    raise exception 'reserved_type: the type % is the server''s own; choose another', kind
      using errcode = 'invalid_parameter_value';
  end if;
  select coalesce((select (value #>> '{}')::integer from server_settings where key = 'message_max_bytes'), 65536) into most;
  if octet_length(message::text) > most then
    raise exception 'too_large: the message is % bytes long; at most % are allowed', octet_length(message::text), most
      using errcode = 'invalid_parameter_value';
  end if;
  insert into sql_outbox (channel, type, rest)
  values (channel, kind, (message - array['id', 'channel', 'timestamp', 'from', 'type'])::text);
end
$$;
--> statement-breakpoint
-- Its owner may call it, and whoever is granted it.
revoke execute on function yayin_publish(text, jsonb) from public;
--> statement-breakpoint
-- Gives one waiting message its place in the log. The row lock on log_state lets one writer at a time through until it
-- has committed, so that offsets follow the order of commits.
create or replace function yayin_append_waiting(waiting sql_outbox) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  place bigint;
  now_at timestamptz;
begin
  update log_state set head = head + 1 where id = 1 returning head into place;
  now_at := clock_timestamp();
  insert into messages (log_offset, channel, type, sender, timestamp, body, exclude)
  values (place, waiting.channel, left(waiting.type, 200), null, now_at,
    '{"channel":' || to_json(waiting.channel)::text
      || ',"timestamp":"' || to_char(now_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","type":' || to_json(waiting.type)::text
      || case when waiting.rest = '{}' then '}' else ',' || substr(waiting.rest, 2) end,
    null);
  delete from sql_outbox where seq = waiting.seq;
  perform pg_notify('yayin_log', place::text);
end
$$;
--> statement-breakpoint
-- At the commit: into the log when that lies in this database. The nodes fetch what has to wait: where the log is with
-- another engine, or was never opened, and from transactions whose isolation forbids to touch a row that others
-- write all the time.
create or replace function yayin_outbox_commit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('transaction_isolation') = 'read committed'
    and exists (select from log_state where id = 1 and engine is null) then
    perform yayin_append_waiting(new);
  else
    perform pg_notify('yayin_outbox', '');
  end if;
  return null;
end
$$;
--> statement-breakpoint
create constraint trigger sql_outbox_commit after insert on sql_outbox
deferrable initially deferred for each row execute function yayin_outbox_commit();
