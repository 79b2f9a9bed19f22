using System.Net;
using Siamese.Silo.Admission;

namespace Siamese.Grains.Tests.Silo;

public sealed class ConnectionCountsTests
{
    private static readonly EndPoint _stranger = At("192.0.2.1");
    private static readonly EndPoint _client = At("192.0.2.2");

    private readonly ConnectionCounts _counts = new(new(Identified: 2, Pending: 4, PendingPerAddress: 3));

    [Fact]
    public void The_oldest_pending_connection_of_an_address_makes_room_for_a_new_one()
    {
        var first = Enter(_stranger, out _);
        Enter(_stranger, out _);
        Enter(_stranger, out var none);
        Assert.Null(none);

        Enter(_stranger, out var evicted);

        Assert.Same(first, evicted);
        Assert.False(_counts.Identify(first!));
    }

    [Fact]
    public void A_stranger_with_many_connections_does_not_evict_another_client()
    {
        var genuine = Enter(_client, out _)!;
        for (var i = 0; i < 100; i++)
        {
            Enter(_stranger, out var evicted);
            Assert.NotSame(genuine, evicted);
        }

        Assert.True(_counts.Identify(genuine));
    }

    [Fact]
    public void When_all_places_are_taken_the_address_with_the_most_gives_one_up()
    {
        var oldest = Enter(_client, out _);
        var first = Enter(_stranger, out _);
        Enter(_stranger, out _);
        Enter(_stranger, out _);

        Enter(At("192.0.2.3"), out var evicted);

        Assert.NotNull(oldest);
        Assert.Same(first, evicted);
    }

    [Fact]
    public void No_connection_is_accepted_while_the_most_are_identified()
    {
        var (one, two, late) = (Enter(_client, out _)!, Enter(_client, out _)!, Enter(_client, out _)!);
        Assert.True(_counts.Identify(one));
        Assert.True(_counts.Identify(two));

        Assert.False(_counts.Identify(late));
        Assert.Null(Enter(_client, out _));

        _counts.Leave(one);
        _counts.Leave(one);
        Assert.True(_counts.Identify(late));
        Assert.Null(Enter(_client, out _));
    }

    [Fact]
    public void Pending_connections_that_end_give_their_places_back()
    {
        for (var i = 0; i < 100; i++)
        {
            var place = Enter(_client, out var evicted)!;
            Assert.Null(evicted);
            _counts.Leave(place);
        }
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Addresses_among_which_one_machine_can_choose_count_as_one(string one, string other, bool areOne) =>
        Assert.Equal(areOne, Enter(At(one), out _)!.Address.Equals(Enter(At(other), out _)!.Address));

    private Place? Enter(EndPoint peer, out Place? evicted) => _counts.Enter(peer, () => { }, out evicted);

    private static IPEndPoint At(string address) => new(IPAddress.Parse(address), 1234);
}
