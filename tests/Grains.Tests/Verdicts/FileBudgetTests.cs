using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Access;
using Siamese.Grains.Verdicts;

namespace Siamese.Grains.Tests.Verdicts;

public sealed class FileBudgetTests
{
    private static readonly ImageFile _large = new("large.png", [.. new byte[ImageFile.MaximumBytes]]);

    private readonly FileBudget _budget = new();

    [Fact]
    public void A_caller_with_too_many_images_has_to_wait_until_some_are_done()
    {
        CallingClient.Is("anna");
        var first = _budget.Hold([_large, _large]);
        using var others = new Several([.. Enumerable.Range(0, 3).Select(_ => _budget.Hold([_large, _large]))]);

        Assert.Contains("other images of yours", Assert.Throws<BusyException>(() => _budget.Hold([_large, _large])).Message, StringComparison.Ordinal);
        first.Dispose();
        first.Dispose();
        using var next = _budget.Hold([_large, _large]);
        Assert.Throws<BusyException>(() => _budget.Hold([_large]));
    }

    [Fact]
    public void Calls_without_bytes_are_counted_too()
    {
        var (empty, some) = (_budget.Hold([]), _budget.Hold([_large]));

        some.Dispose();
        empty.Dispose();
        _budget.Hold([.. Enumerable.Repeat(_large, 8)]).Dispose();
    }

    [Fact]
    public void One_callers_images_do_not_keep_another_from_its_verdict()
    {
        CallingClient.Is("rob");
        using var held = _budget.Hold([.. Enumerable.Repeat(_large, 8)]);
        Assert.Throws<BusyException>(() => _budget.Hold([_large]));

        CallingClient.Is("anna");
        using var own = _budget.Hold([_large, _large]);
    }

    [Fact]
    public void All_callers_together_have_a_limit_too()
    {
        var held = new List<IDisposable>();
        foreach (var caller in Enumerable.Range(0, 8))
        {
            CallingClient.Is($"caller {caller}");
            held.Add(_budget.Hold([_large, _large]));
        }

        CallingClient.Is("late");
        var busy = Assert.Throws<BusyException>(() => _budget.Hold([_large, _large]));
        Assert.Contains("other calls", busy.Message, StringComparison.Ordinal);
        Assert.True(busy.RetryAfter > TimeSpan.Zero);
        held.ForEach(one => one.Dispose());
        _budget.Hold([_large, _large]).Dispose();
    }

    private sealed class Several(IDisposable[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, one => one.Dispose());
    }
}
