using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Siamese.Testing.Machines;

/// <summary>A program on a machine, and everything it prints.</summary>
public sealed partial class MachineProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private MachineProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(Collect(process.StandardOutput, isOutput: true), Collect(process.StandardError, isOutput: false));
    }

    /// <summary>What it has printed so far, on both streams.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Resident memory in MB of 10⁶ bytes.</summary>
    public double ResidentMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts a program. It inherits no SIAMESE_ variable from the caller's environment.</summary>
    public static MachineProcess Start(IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var own in start.Environment.Keys.Where(key => key.StartsWith("SIAMESE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(own);
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return new MachineProcess(Process.Start(start)!);
    }

    public void Kill() => Send(SigKill);

    public void Terminate() => Send(SigTerm);

    public void Pause() => Send(SigStop);

    public void Resume() => Send(SigCont);

    /// <summary>Waits until it has printed a text this many times.</summary>
    public async Task Says(string text, int times, TimeSpan patience)
    {
        for (var start = Stopwatch.GetTimestamp(); Said.Split(text).Length <= times; await Task.Delay(_glance))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > patience)
                throw new InvalidOperationException($"It {(_process.HasExited ? "ended" : "kept running")} without printing '{text}':\n{Said}");
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code and its standard output.</returns>
    public async Task<(int Code, string Output)> Ends(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _reading.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new InvalidOperationException($"It did not end within {patience}:\n{Said}", e);
        }

        return (_process.ExitCode, _output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Send(int signal)
    {
        if (!_process.HasExited)
            _ = SendSignal(_process.Id, signal);
    }

    private async Task Collect(StreamReader reader, bool isOutput)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_said)
            {
                _said.Append(buffer, 0, count);
                if (isOutput)
                    _output.Append(buffer, 0, count);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
