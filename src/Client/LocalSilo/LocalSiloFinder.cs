using System.Diagnostics.CodeAnalysis;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Local;

namespace Siamese.Client.LocalSilo;

/// <summary>
/// Finds the local silo of a data folder through its <see cref="SiloFile"/>, and starts one if none is running. An idle
/// silo of another build is replaced; a busy one is reported and left alone.
/// </summary>
/// <param name="home">The data folder.</param>
/// <param name="program">The silo to start.</param>
/// <param name="notices">Where to tell the user that a silo was started.</param>
internal sealed class LocalSiloFinder(string home, SiloProgram program, TextWriter notices, TimeProvider clock)
{
    private static readonly TimeSpan _startPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _endPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    private readonly string _build = program.Build;

    /// <summary>Returns the file of a silo of our build that accepts clients.</summary>
    /// <param name="slots">Slots of a silo that has to be started; null for its default.</param>
    public async Task<SiloFile> FindOrStart(int? slots, CancellationToken cancellation)
    {
        if (await TryFind(cancellation) is { } found)
            return found;
        MakeFolders();
        using var turn = await SiloLock.Take(home, _startPatience + 2 * _endPatience, clock, cancellation);
        // Another client may have started one while this one waited for its turn.
        if (await TryFind(cancellation) is { } started)
            return started;
        await MakeRoom(cancellation);
        return await Start(slots, cancellation);
    }

    private async Task<SiloFile?> TryFind(CancellationToken cancellation) =>
        TryReadAlive(out var file, out _)
        && file.Build == _build
        && await SiloProcess.Accepts(file.GatewayPort, cancellation)
            ? file
            : null;

    private bool TryReadAlive([NotNullWhen(true)] out SiloFile? file, [NotNullWhen(true)] out SiloProcess? process)
    {
        file = SiloFile.TryRead(home);
        process = file is null ? null : SiloProcess.Of(file);
        return process is { IsAlive: true };
    }

    /// <summary>Ends a silo that is running but cannot be used: it is of another build, or no longer accepts clients.</summary>
    private async Task MakeRoom(CancellationToken cancellation)
    {
        if (!TryReadAlive(out var file, out var process))
            return;
        var accepts = await SiloProcess.Accepts(file.GatewayPort, cancellation);
        if (accepts && file.Busy.Length > 0)
        {
            throw new NoClusterException(
                $"The local silo (pid {file.Pid}) is from another build and busy with {string.Join(", ", file.Busy)}; "
                + $"wait for it, or end it with `kill {file.Pid}`, and try again.");
        }
        if (accepts)
            notices.WriteLine($"Replacing the idle local silo (pid {file.Pid}), which is from another build.");
        // A silo that no longer accepts clients is already exiting.
        else if (await process.HasEnded(_endPatience, clock, cancellation))
            return;
        await process.End(_endPatience, clock, cancellation);
    }

    private async Task<SiloFile> Start(int? slots, CancellationToken cancellation)
    {
        var log = LogFiles.OfSilo(home);
        LogFiles.Rotate(log);
        var logged = File.Exists(log) ? new FileInfo(log).Length : 0;
        var process = await new SiloLauncher(program, home).Start(slots, cancellation);
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < _startPatience; await Task.Delay(_glance, clock, cancellation))
        {
            if (SiloFile.TryRead(home) is { } file && file.Pid == process.Pid)
            {
                notices.WriteLine($"Started a local silo (pid {file.Pid}, {file.Slots} slots); it logs to {log} and exits when idle.");
                return file;
            }
            if (!process.IsAlive)
                throw new NoClusterException($"The local silo exited while starting; the end of {log}:{Environment.NewLine}{SiloLauncher.LastWords(home, logged)}");
        }
        await process.End(_endPatience, clock, cancellation);
        throw new NoClusterException($"The local silo was not ready within {_startPatience.TotalSeconds:0} s; see {log}.");
    }

    private void MakeFolders()
    {
        if (PrivateFolder.Make(home))
            notices.WriteLine(PrivateFolder.Remark(home));
        try
        {
            Directory.CreateDirectory(Path.Combine(home, "logs"));
            var probe = Path.Combine(home, $".write-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The data folder {home} is not writable ({e.Message}); set {DataFolder.Variable} to one that is.", e);
        }
    }
}
