using Xunit.Abstractions;
using Xunit.Sdk;

namespace Siamese.Testing.Postgres;

/// <summary>Finds the facts of a suite for each class that must pass it.</summary>
public sealed class SuiteFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new SuiteTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}
