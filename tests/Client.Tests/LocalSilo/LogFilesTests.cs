using Siamese.Contracts.Local;

namespace Siamese.Client.Tests.LocalSilo;

public sealed class LogFilesTests : IDisposable
{
    private const int Large = 10_000_001;

    private readonly TemporaryFolder _home = new();
    private readonly string _log;

    public LogFilesTests() => _log = Path.Combine(_home.Path, "a.log");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_large_log_replaces_the_one_before()
    {
        File.WriteAllText($"{_log}.1", "before");
        File.WriteAllBytes(_log, new byte[Large]);

        LogFiles.Rotate(_log);

        Assert.False(File.Exists(_log));
        Assert.Equal(Large, new FileInfo($"{_log}.1").Length);
    }

    [Fact]
    public void A_process_that_appends_to_its_log_continues_at_its_start_when_it_was_emptied()
    {
        using var output = new FileStream(_log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        output.Write(new byte[Large]);
        output.Flush();

        LogFiles.Empty(_log);
        using (var late = new FileStream(_log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            late.Write("later"u8);

        Assert.Equal("later", File.ReadAllText(_log));
        Assert.Equal(Large, new FileInfo($"{_log}.1").Length);
    }

    [Fact]
    public void A_small_log_is_left_as_it_is()
    {
        File.WriteAllText(_log, "short");
        LogFiles.Rotate(_log);
        LogFiles.Empty(_log);
        LogFiles.Rotate(Path.Combine(_home.Path, "missing.log"));

        Assert.Equal("short", File.ReadAllText(_log));
        Assert.False(File.Exists($"{_log}.1"));
    }
}
