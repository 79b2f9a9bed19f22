using Siamese.Silo.Admission;

namespace Siamese.Grains.Tests.Silo;

public sealed class ConnectionLimitsTests
{
    [Theory]
    [InlineData(64, false)]
    [InlineData(640, false)]
    [InlineData(1024, false)]
    [InlineData(65536, false)]
    [InlineData(64, true)]
    [InlineData(1024, true)]
    [InlineData(65536, true)]
    public void Connections_leave_descriptors_for_everything_else(int descriptors, bool servesHttp)
    {
        var (clients, silos, http) = ConnectionLimits.For(descriptors, servesHttp);

        var most = clients.Identified + clients.Pending + silos.Identified + silos.Pending + http.Identified + http.Pending;
        Assert.Equal(servesHttp, http.Identified > 0);
        Assert.InRange(most, 40, Math.Max(40, descriptors - ConnectionLimits.Reserve));
        Assert.InRange(clients.PendingPerAddress, servesHttp ? 4 : 8, clients.Pending);
        Assert.InRange(silos.PendingPerAddress, 2, silos.Pending);
    }

    [Fact]
    public void With_enough_descriptors_the_limits_are_those_that_are_documented()
    {
        var (clients, silos, http) = ConnectionLimits.For(65_536, servesHttp: true);

        Assert.Equal(new(2_000, 512, 128), clients);
        Assert.Equal(new(500, 128, 64), silos);
        Assert.Equal(new(2_000, 1_024, 512), http);
        Assert.Equal((clients, silos, http), ConnectionLimits.For(null, servesHttp: true));
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
