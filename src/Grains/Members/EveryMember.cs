using Siamese.Contracts.Ensembles;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Members;

/// <summary>Loads all members of an ensemble.</summary>
internal static class EveryMember
{
    /// <param name="members">The members that this silo has loaded.</param>
    /// <param name="ensemble">The version.</param>
    /// <param name="purpose">What needs them, such as `an evaluation`.</param>
    /// <exception cref="NoQuorumException">One cannot be loaded: what is computed without it would be that of another ensemble.</exception>
    public static Task<LoadedMember[]> LoadAll(this MemberCache members, Ensemble ensemble, string purpose)
    {
        return Task.WhenAll(ensemble.Members.Select(Load));

        async Task<LoadedMember> Load(Member member)
        {
            try
            {
                return await members.Load(member.WeightsBlob, member.Spec);
            }
            catch (BlobException e)
            {
                throw new NoQuorumException($"Member {member.Trial[..8]} cannot be loaded, and {purpose} needs every member. {e.Message}");
            }
        }
    }
}
