using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Siamese.Testing.Postgres;

/// <summary>A fact of a suite in one of its classes.</summary>
public sealed class SuiteTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For deserialization only.")]
    public SuiteTestCase() { }

    public SuiteTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method) { }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute)).Any() ? PostgresBinaries.Missing : null;
}
