-- Few among very many, and looked at with every work list of the county.
create index award_account_refused on award_account (county_code, award_id) where refused_reason is not null;
