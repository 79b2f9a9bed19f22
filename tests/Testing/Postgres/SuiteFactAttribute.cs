using Xunit.Sdk;

namespace Siamese.Testing.Postgres;

/// <summary>A fact of a suite that several stores must pass; skipped in a class that needs a server which is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Siamese.Testing.Postgres.SuiteFactDiscoverer", "Siamese.Testing")]
public sealed class SuiteFactAttribute : FactAttribute;
