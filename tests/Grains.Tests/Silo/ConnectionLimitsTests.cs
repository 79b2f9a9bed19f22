using Siamese.Silo.Admission;

namespace Siamese.Grains.Tests.Silo;

public sealed class ConnectionLimitsTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(640)]
    [InlineData(1024)]
    [InlineData(65536)]
    public void Connections_leave_descriptors_for_everything_else(int descriptors)
    {
        var (clients, silos) = ConnectionLimits.For(descriptors);

        var most = clients.Identified + clients.Pending + silos.Identified + silos.Pending;
        Assert.InRange(most, 40, Math.Max(40, descriptors - ConnectionLimits.Reserve));
        Assert.InRange(clients.PendingPerAddress, 8, clients.Pending);
        Assert.InRange(silos.PendingPerAddress, 2, silos.Pending);
    }

    [Fact]
    public void With_enough_descriptors_the_limits_are_those_that_are_documented()
    {
        var (clients, silos) = ConnectionLimits.For(65_536);

        Assert.Equal(new(2_000, 512, 128), clients);
        Assert.Equal(new(500, 128, 64), silos);
        Assert.Equal((clients, silos), ConnectionLimits.For(null));
    }

    [Fact]
    public void The_soft_limit_is_the_first_number()
    {
        string[] limits = ["Limit                     Soft Limit           Hard Limit           Units", "Max open files            1024                 524288               files"];

        Assert.Equal(1024, DescriptorLimit.Parse(limits));
        Assert.Null(DescriptorLimit.Parse(["Max open files            unlimited            unlimited            files"]));
        Assert.Null(DescriptorLimit.Parse([]));
    }
}
