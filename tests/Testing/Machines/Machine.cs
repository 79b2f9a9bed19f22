namespace Siamese.Testing.Machines;

/// <summary>One machine of a <see cref="Network"/>.</summary>
/// <param name="Namespace">Its network namespace.</param>
/// <param name="Address">Its address on the network.</param>
/// <param name="Hub">The namespace of the bridge.</param>
/// <param name="Port">The bridge's port that it is connected to.</param>
public sealed record Machine(string Namespace, string Address, string Hub, string Port)
{
    /// <summary>Wraps a command line to run on this machine. `ip` replaces itself with the command, so the started process is the command.</summary>
    public IReadOnlyList<string> Command(params string[] command) => ["ip", "netns", "exec", Namespace, .. command];

    /// <summary>Unplugs it: everything sent to it or by it is silently lost.</summary>
    public Task Cut() => Shell.Run("ip", "-n", Hub, "link", "set", Port, "down");

    /// <summary>Plugs it in again.</summary>
    public Task Heal() => Shell.Run("ip", "-n", Hub, "link", "set", Port, "up");
}
