using Keepalived.Vrrp.Transport;
using Microsoft.Extensions.Options;

namespace Keepalived.Vrrp.Hosting;

/// <summary>Finds mistakes in the options before the host starts anything.</summary>
internal sealed class VrrpOptionsValidator : IValidateOptions<VrrpOptions>
{
    public ValidateOptionsResult Validate(string? name, VrrpOptions options)
    {
        var errors = options.Routers.SelectMany(router => router.FindErrors().Select(error => $"Virtual router '{router.Name}': {error}"))
            .ToList();
        if (errors.Count > 0)
            return ValidateOptionsResult.Fail(errors);
        try
        {
            options.Engine.Validate();
            ReloadPlan.Validate([.. options.Routers]);
            VrrpSyncGroupOptions.Validate([.. options.SyncGroups], options.Routers);
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
