namespace Siamese.Contracts.Access;

/// <summary>Which clients may call a method of a grain. A method with neither this nor <see cref="SilosOnlyAttribute"/> is refused to all clients.</summary>
/// <param name="role">The role that a caller needs at least.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MayAttribute(Role role) : Attribute
{
    public Role Role => role;

    /// <summary>Whether calls go into the audit log: those that change something, but not the pieces of one change.</summary>
    public bool IsAudited { get; init; }
}
