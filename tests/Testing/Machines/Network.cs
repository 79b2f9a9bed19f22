using System.Globalization;

namespace Siamese.Testing.Machines;

/// <summary>
/// Several machines on one network. Each is a network namespace of this machine, joined by a bridge in a separate
/// namespace. This machine is on the network too. Disposing removes it all; the next test run removes what a killed run
/// has left.
/// </summary>
public sealed class Network : IAsyncDisposable
{
    private const string Prefix = "siamese-";

    private readonly string _hub;
    private readonly string _here;
    private readonly List<Machine> _machines = [];

    private Network(int run) => (_hub, _here, Subnet) = ($"{Prefix}{run}-hub", $"sh{run % 100_000}", $"10.231.{run % 250}");

    /// <summary>Why none can be created on this machine; null if one can.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() ? "Network namespaces need Linux."
        : !Environment.IsPrivilegedProcess ? "Only root may create network namespaces."
        : !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip") ? "`ip` for network namespaces is not installed (Debian's package is iproute2)."
        : null;

    /// <summary>This machine's address on the network.</summary>
    public string Here => $"{Subnet}.254";

    public IReadOnlyList<Machine> Machines => _machines;

    private string Subnet { get; }

    public static async Task<Network> Create(int machines)
    {
        await RemoveOrphans();
        var network = new Network(Environment.ProcessId);
        try
        {
            await network.MakeHub();
            for (var number = 1; number <= machines; number++)
                await network.Add(number);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
            await Shell.Try("ip", "netns", "del", machine.Namespace);
        await Shell.Try("ip", "link", "del", _here);
        await Shell.Try("ip", "netns", "del", _hub);
    }

    private async Task MakeHub()
    {
        await Shell.Run("ip", "netns", "add", _hub);
        await Shell.Run("ip", "-n", _hub, "link", "add", "hub", "type", "bridge");
        await Shell.Run("ip", "-n", _hub, "link", "set", "hub", "up");
        await Shell.Run("ip", "link", "add", _here, "type", "veth", "peer", "name", "here", "netns", _hub);
        await Shell.Run("ip", "addr", "add", $"{Here}/24", "dev", _here);
        await Shell.Run("ip", "link", "set", _here, "up");
        await Shell.Run("ip", "-n", _hub, "link", "set", "here", "master", "hub", "up");
    }

    private async Task Add(int number)
    {
        var machine = new Machine(string.Create(CultureInfo.InvariantCulture, $"{_hub[..^4]}-{number}"), $"{Subnet}.{number}", _hub, $"to{number}");
        _machines.Add(machine);
        await Shell.Run("ip", "netns", "add", machine.Namespace);
        await Shell.Run("ip", "-n", machine.Namespace, "link", "set", "lo", "up");
        await Shell.Run("ip", "-n", machine.Namespace, "link", "add", "net", "type", "veth", "peer", "name", machine.Port, "netns", _hub);
        await Shell.Run("ip", "-n", machine.Namespace, "addr", "add", $"{machine.Address}/24", "dev", "net");
        await Shell.Run("ip", "-n", machine.Namespace, "link", "set", "net", "up");
        await Shell.Run("ip", "-n", _hub, "link", "set", machine.Port, "master", "hub", "up");
    }

    /// <summary>Removes namespaces, and the processes in them, of runs whose own process is gone.</summary>
    private static async Task RemoveOrphans()
    {
        foreach (var line in (await Shell.Run("ip", "netns", "list")).Split('\n'))
        {
            var name = line.Split(' ')[0];
            if (!name.StartsWith(Prefix, StringComparison.Ordinal)
                || !int.TryParse(name[Prefix.Length..].Split('-')[0], CultureInfo.InvariantCulture, out var run)
                || Directory.Exists($"/proc/{run}"))
            {
                continue;
            }

            foreach (var pid in (await Shell.Run("ip", "netns", "pids", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                await Shell.Try("kill", "-KILL", pid);
            await Shell.Try("ip", "netns", "del", name);
            await Shell.Try("ip", "link", "del", $"sh{run % 100_000}");
        }
    }
}
