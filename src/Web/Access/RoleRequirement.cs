using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Access;

namespace Siamese.Web.Access;

/// <summary>Whoever sends the request needs a role.</summary>
/// <param name="Role">The role.</param>
internal sealed record RoleRequirement(Role Role) : IAuthorizationRequirement;

/// <summary>Compares the role of whoever sends a request with the one that it needs.</summary>
internal sealed class RoleCheck : AuthorizationHandler<RoleRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (context.Resource is HttpContext http && http.Features.Get<Visit>() is { } visit && visit.Admission.Role >= requirement.Role)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
