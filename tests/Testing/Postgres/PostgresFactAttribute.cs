namespace Siamese.Testing.Postgres;

/// <summary>A fact about a PostgreSQL server; skipped if its programs are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresBinaries.Missing;
}
