using Siamese.Client.Terminals;

namespace Siamese.Client.Tests.Terminals;

public sealed class InterruptionsTests
{
    private readonly List<string?> _endedNow = [];

    [Fact]
    public void The_first_interruption_ends_the_client_if_nothing_offers_to_ask()
    {
        using var interruptions = new Interruptions(_endedNow.Add);

        interruptions.Interrupt();

        Assert.True(interruptions.End.IsCancellationRequested);
        Assert.Empty(_endedNow);
    }

    [Fact]
    public void The_second_interruption_ends_the_client_at_once()
    {
        using var interruptions = new Interruptions(_endedNow.Add);

        interruptions.Interrupt();
        interruptions.Interrupt();

        Assert.Equal([null], _endedNow);
    }

    [Fact]
    public void An_offer_to_ask_handles_the_first_interruption()
    {
        using var interruptions = new Interruptions(_endedNow.Add);
        interruptions.Offer("It continues.");

        interruptions.Interrupt();

        Assert.True(interruptions.Requested.IsCompleted);
        Assert.False(interruptions.End.IsCancellationRequested);
        interruptions.Interrupt();
        Assert.Equal(["It continues."], _endedNow);
    }

    [Fact]
    public void A_new_offer_handles_another_interruption()
    {
        using var interruptions = new Interruptions(_endedNow.Add);
        interruptions.Offer("");
        interruptions.Interrupt();

        interruptions.Offer("");

        Assert.False(interruptions.Requested.IsCompleted);
        interruptions.Interrupt();
        Assert.True(interruptions.Requested.IsCompleted);
        Assert.Empty(_endedNow);
    }

    [Fact]
    public void SIGTERM_ends_the_client_regardless_of_offers()
    {
        using var interruptions = new Interruptions(_endedNow.Add);
        interruptions.Offer("");

        interruptions.Terminate();

        Assert.True(interruptions.End.IsCancellationRequested);
    }
}
