namespace Siamese.Testing.Postgres;

/// <summary>A class whose <see cref="SuiteFactAttribute"/>s need a PostgreSQL server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;
