using System.Diagnostics;
using System.Text;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>A program that a test started. It is killed with the test if it has not ended before.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>Nothing here takes a tenth of this unless the machine is overloaded.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _commandLine;
    private readonly Func<string> _background;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;

    private RunningProgram(Process process, string commandLine, Func<string> background)
    {
        (_process, _commandLine, _background) = (process, commandLine, background);
        _reading = Task.WhenAll(Collect(process.StandardOutput, _out), Collect(process.StandardError, _error));
    }

    public int Pid => _process.Id;

    public string Out => Said(_out);

    public string Error => Said(_error);

    public bool HasEnded => _process.HasExited;

    /// <summary>
    /// Starts a program in a folder. It inherits no SIAMESE_ variable from the environment of the tests. If a wait
    /// fails, the failure message also shows the background, such as a log.
    /// </summary>
    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment, Func<string> background)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var own in start.Environment.Keys.Where(key => key.StartsWith("SIAMESE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(own);
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var line = $"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList)}";
        return new RunningProgram(Process.Start(start)!, line, background);
    }

    /// <summary>Writes to its standard input.</summary>
    public async Task Type(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public void Signal(int signal) => Signals.Send(Pid, signal);

    /// <summary>Waits until a text has appeared this many times, counting both streams.</summary>
    public Task Says(string text, int times = 1) => Until(
        () => (Out + Error).Split(text).Length > times, $"it said {(times > 1 ? $"{times} times " : "")}'{text}'");

    /// <summary>Waits for a condition that this program brings about.</summary>
    public async Task Until(Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_process.HasExited && _reading.IsCompleted && !condition())
                Assert.Fail($"It ended before {what}.\n{Snapshot(_process.ExitCode)}\n{_background()}");
            if (Stopwatch.GetElapsedTime(start) > Patience)
                Assert.Fail($"Gave up waiting until {what}.\n{Snapshot(-1)}\n{_background()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until the program and its output streams end: no other process may have inherited them.</summary>
    public async Task<Outcome> Ends()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _reading.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            var what = _process.HasExited ? "ended, but another process keeps its output open" : "did not end";
            Assert.Fail($"The program {what}.\n{Snapshot(-1)}\n{_background()}");
        }
        return Snapshot(_process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private Outcome Snapshot(int exitCode) => new(_commandLine, exitCode, Out, Error);

    private static string Said(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private static async Task Collect(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            lock (text)
                text.Append(buffer, 0, count);
        }
    }
}
