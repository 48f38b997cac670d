-- As before, but that only what lies below admin/, participant/ and room/ is closed, not channels of these bare names.
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
  if channel ~ '^(admin|participant|room)/' then
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
