namespace Siamese.Testing.Machines;

/// <summary>One machine of a <see cref="Network"/>.</summary>
/// <param name="Namespace">Its network namespace.</param>
/// <param name="Address">Its address on the network.</param>
/// <param name="Hub">The namespace of the bridge.</param>
/// <param name="Port">The bridge's port that it is plugged into.</param>
public sealed record Machine(string Namespace, string Address, string Hub, string Port)
{
    /// <summary>A command line that runs on it. It replaces the first program: the process that is started is the last one's.</summary>
    public IReadOnlyList<string> Command(params string[] command) => ["ip", "netns", "exec", Namespace, .. command];

    /// <summary>Unplugs it: what is sent to it or by it is lost without a word.</summary>
    public Task Cut() => Shell.Run("ip", "-n", Hub, "link", "set", Port, "down");

    /// <summary>Plugs it in again.</summary>
    public Task Heal() => Shell.Run("ip", "-n", Hub, "link", "set", Port, "up");
}
