"""The steps from the tables of an older ledger to those of today, run by Alembic."""
