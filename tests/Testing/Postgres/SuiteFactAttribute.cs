using Xunit.Sdk;

namespace Siamese.Testing.Postgres;

/// <summary>A fact of a suite that several stores must pass; skipped if the class needs a server that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Siamese.Testing.Postgres.SuiteFactDiscoverer", "Siamese.Testing")]
public sealed class SuiteFactAttribute : FactAttribute;
