using Microsoft.Extensions.Time.Testing;
using Siamese.Silo.Admission;

namespace Siamese.Grains.Tests.Silo;

public sealed class LineLimitTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<long> _omitted = [];
    private readonly LineLimit _limit;

    public LineLimitTests() => _limit = new(3, _omitted.Add, _time);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public void A_line_is_logged_once_in_ten_seconds_and_the_others_are_counted()
    {
        Assert.Equal(1, Logged(1_000, _ => "garbage"));
        _time.Advance(LineLimit.Window);
        Assert.Equal([999], _omitted);

        Assert.Equal(1, Logged(1, _ => "garbage"));
        _time.Advance(LineLimit.Window);
        Assert.Equal([999], _omitted);
    }

    [Fact]
    public void Only_few_different_lines_are_logged()
    {
        Assert.Equal(3, Logged(1_000, i => $"stranger {i}"));

        _time.Advance(LineLimit.Window);

        Assert.Equal([997], _omitted);
    }

    private int Logged(int count, Func<int, string> line) => Enumerable.Range(0, count).Count(i => _limit.Admits(line(i)));
}
