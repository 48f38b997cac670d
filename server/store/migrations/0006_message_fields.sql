-- The texts of what stands at a path of a message, of a list all its items; none where there is nothing, or where the
-- message is JSON that PostgreSQL cannot read, such as half a surrogate pair.
create or replace function message_fields(body text, path text[]) returns text[] language plpgsql immutable as $$
declare
  found jsonb;
begin
  found := replace(body, '\u0000', '\ufffd')::jsonb #> path;
  if found is null then
    return '{}';
  end if;
  if jsonb_typeof(found) = 'array' then
    return array(select jsonb_array_elements_text(found));
  end if;
  return array[found #>> '{}'];
exception when others then
  return '{}';
end
$$;
