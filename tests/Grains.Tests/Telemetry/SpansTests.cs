using System.Diagnostics;
using Siamese.Contracts.Trials;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Workers;

namespace Siamese.Grains.Tests.Telemetry;

public sealed class SpansTests : IDisposable
{
    private readonly EndedSpans _spans = new();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public void A_span_hangs_below_the_span_of_a_stored_context_and_may_have_begun_earlier()
    {
        var context = EndedSpans.NewContext();
        var began = DateTimeOffset.UnixEpoch.AddDays(1);

        using (Spans.Start("later", context, began).With("number", 3))
        {
        }

        var span = Assert.Single(_spans.Of(context));
        Assert.Equal(context, $"00-{span.TraceId}-{span.ParentSpanId}-01");
        Assert.Equal(("later", began.UtcDateTime, 3), (span.OperationName, span.StartTimeUtc, span.GetTagItem("siamese.number")));
    }

    [Theory, InlineData(null), InlineData(""), InlineData("00-not-a-context-01")]
    public void Without_a_valid_context_a_span_begins_a_trace_of_its_own(string? context)
    {
        using var span = Spans.Start("alone", context);

        Assert.NotNull(span);
        Assert.Equal(default, span.ParentSpanId);
    }

    [Fact]
    public void Of_a_long_sequence_the_first_items_are_shown_and_then_fewer_and_fewer() => Assert.Equal(
        [1, 2, 3, 4, 5, 6, 8, 16, 32, 64], Enumerable.Range(1, 100).Where(number => Spans.Shows(number, first: 6)));

    [Fact]
    public void A_lease_with_a_hundred_thousand_checkpoints_has_few_spans()
    {
        var context = EndedSpans.NewContext();
        var trace = new LeaseTrace(Some.Lease(context));

        using (trace.Train())
        {
            for (var i = 1; i <= 100_000; i++)
                trace.Store(Some.Checkpoint(1, i))?.Dispose();
            trace.Deliver(Some.Result())?.Dispose();
        }

        var spans = _spans.Of(context);
        Assert.InRange(spans.Count(span => span.OperationName == "trial.checkpoint"), 10, 20);
        Assert.InRange(spans.Length, 12, 22);
        Assert.All(spans, span => Assert.Equal(context, $"00-{span.TraceId}-{span.ParentSpanId}-01"));
    }

    [Fact]
    public void A_failed_trial_is_an_error_in_the_trace()
    {
        using var failed = new LeaseTrace(Some.Lease(EndedSpans.NewContext())).Deliver(Some.Result(TrialStatus.Failed, reason: "out of memory"));
        using var completed = new LeaseTrace(Some.Lease(EndedSpans.NewContext())).Deliver(Some.Result());

        Assert.Equal((ActivityStatusCode.Error, "out of memory"), (failed!.Status, failed.StatusDescription));
        Assert.Equal(ActivityStatusCode.Unset, completed!.Status);
    }
}
