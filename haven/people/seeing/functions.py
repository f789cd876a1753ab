"""What the locks of rows ask the database itself, as functions of its own: the hour, and where somebody works.

Functions, so that a lock that is mentioned twenty times in one statement is planned as twenty names and not as twenty
copies of this text. They run with the rights of whoever asks.
"""

from django.conf import settings

DAY = f"(select (haven_now() at time zone '{settings.TIME_ZONE}')::date)"

HOLDING = f"""
    select post.role, post.organisation_id from people_post post
        join people_person she on she.id = post.person_id and she.is_active
        where post.person_id = nullif(current_setting('haven.person', true), '')::uuid
            and post.starts_on <= {DAY} and (post.ends_on is null or post.ends_on > {DAY})
    union all
    select post.role, post.organisation_id from people_cover cover
        join people_post post on post.id = cover.post_id
        join people_person holder on holder.id = post.person_id and holder.is_active
        join people_person she on she.id = cover.covered_by_id and she.is_active
        where cover.covered_by_id = nullif(current_setting('haven.person', true), '')::uuid
            and cover.starts_on <= {DAY} and cover.ends_on > {DAY}
            and post.starts_on <= {DAY} and (post.ends_on is null or post.ends_on > {DAY})
"""  # nosec
"""The posts she holds today, and those she covers: what `haven.people.queries.actor_of` gives an actor."""

MADE = f"""
create function haven_organisations() returns uuid[] language sql stable as $$
    select coalesce(array_agg(distinct held.organisation_id), '{{}}') from ({HOLDING}) held
$$;

create function haven_areas(roles text[]) returns uuid[] language sql stable as $$
    select coalesce(array_agg(distinct served.area_id), '{{}}') from ({HOLDING}) held
        join people_servedarea served on served.organisation_id = held.organisation_id
            and served.starts_on <= {DAY} and (served.ends_on is null or served.ends_on > {DAY})
        where held.role = any(roles)
$$;
"""  # nosec
"""`haven_now` is the hour, which the ledger's tables bring along; tests put a clock of theirs in its place."""

GONE = """
drop function haven_areas(text[]);
drop function haven_organisations();
"""
