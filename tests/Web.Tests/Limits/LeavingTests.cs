using System.Net.Http.Json;
using Siamese.Contracts.Access;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Limits;

/// <summary>Senders of requests who leave before they are answered.</summary>
public sealed class LeavingTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    /// <summary>The silo notices within some milliseconds that a sender has left.</summary>
    private static readonly TimeSpan _notice = TimeSpan.FromMilliseconds(500);

    private static readonly object _image = new { data = "AAAA" };

    /// <summary>A question that is answered by a grain with several activations, and how often it is asked at the same time.</summary>
    public static TheoryData<string, object> Questions { get; } = new()
    {
        { "embeddings", new { images = new[] { _image, _image }, ensemble = Calls.Slow } },
        { "verdicts", new { first = _image, second = _image, ensemble = Calls.Slow } },
        { "verdicts", new { first = _image, enrolled = "somebody", ensemble = Calls.Slow } },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Work_for_those_who_leave_is_cancelled_and_that_for_others_is_not(string address, object question)
    {
        using var staying = await silo.Connect($"staying{Guid.NewGuid():N}", Role.Ask);
        using var leaving = await silo.Connect($"leaving{Guid.NewGuid():N}", Role.Ask);
        var before = silo.Calls.Cancelled;
        var answer = staying.PostAsJsonAsync(address, question);
        using var left = new CancellationTokenSource();
        var asked = Enumerable.Range(0, 5).Select(_ => leaving.PostAsJsonAsync(address, question, left.Token)).ToArray();
        await Until.Holds(() => silo.Calls.Waiting == 6);

        await left.CancelAsync();

        await Until.Holds(() => silo.Calls.Cancelled - before == 5);
        Assert.Equal(1, silo.Calls.Waiting);
        foreach (var one in asked)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        silo.Calls.GoOn();
        // There is no such ensemble, and nobody enrolled with it.
        Assert.InRange((int)(await answer).StatusCode, 404, 422);
    }

    [Fact]
    public async Task What_changes_something_is_completed_although_its_sender_has_left()
    {
        using var leaving = await silo.Connect($"leaving{Guid.NewGuid():N}", Role.Teach);
        var before = silo.Calls.Cancelled;
        using var left = new CancellationTokenSource();
        var asked = leaving.DeleteAsync($"ensembles/{Calls.Slow}/names/somebody", left.Token);
        await Until.Holds(() => silo.Calls.Waiting == 1);

        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await Task.Delay(_notice);

        Assert.Equal(before, silo.Calls.Cancelled);
        Assert.Equal(1, silo.Calls.Waiting);
        silo.Calls.GoOn();
    }
}
