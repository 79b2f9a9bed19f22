using System.Net;
using Siamese.Client.Connections;

namespace Siamese.Client.Tests.Connections;

public sealed class KnownGatewaysTests
{
    private static readonly IPEndPoint _one = IPEndPoint.Parse("10.0.0.1:30000");
    private static readonly IPEndPoint _two = IPEndPoint.Parse("10.0.0.2:30000");
    private static readonly IPEndPoint _three = IPEndPoint.Parse("10.0.0.3:30000");

    private readonly KnownGateways _known = new(_one, [_one]);

    [Fact]
    public async Task The_gateway_that_answered_comes_first_and_the_other_named_ones_follow()
    {
        var known = new KnownGateways(_two, [_one, _two]);
        Assert.Equal([new Uri("gwy.tcp://10.0.0.2:30000/0")], await known.GetGateways());

        known.Learn([_two]);
        Assert.Equal([_one, _two], known.All);
    }

    [Fact]
    public void Other_gateways_of_the_cluster_are_learned_and_forgotten_when_they_leave()
    {
        _known.Learn([_one, _two]);
        Assert.Equal([_one, _two], _known.All);

        _known.Learn([_three, _one]);
        Assert.Equal([_one, _three], _known.All);
    }

    [Fact]
    public void A_named_gateway_that_has_left_stays_known_along_with_those_learned_last()
    {
        _known.Learn([_one, _two]);
        _known.Learn([_two, _three]);

        Assert.Equal([_one, _two, _three], _known.All);
    }

    [Fact]
    public void Behind_a_tunnel_the_clusters_own_addresses_are_ignored()
    {
        _known.Learn([_two, _three]);

        Assert.Equal([_one], _known.All);
    }
}
