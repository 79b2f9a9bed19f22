using Siamese.Contracts.Access;

namespace Siamese.Web.Access;

/// <summary>The role that an operation needs at least. Every operation of the API has one, or cannot be mapped.</summary>
/// <param name="role">The role.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(Role role) : Attribute
{
    /// <summary>The role.</summary>
    public Role Role => role;
}
