using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

internal sealed partial class RouterDriver
{
    private void LogState(in VrrpAction action)
    {
        switch (action.State)
        {
            case VrrpState.Master:
                Logger.EnteringMaster(Name);
                break;
            case VrrpState.Backup when action.StateReason == VrrpStateReason.Started:
                Logger.EnteringBackupAtStart(Name);
                break;
            case VrrpState.Backup:
                Logger.EnteringBackup(Name);
                break;
            case VrrpState.Fault:
                Logger.EnteringFault(Name);
                break;
            case VrrpState.Initialize:
                Logger.Stopped(Name);
                break;
        }
    }

    private void LogNotice(in VrrpAction action)
    {
        var (address, value) = (action.Address, action.Value);
        switch (action.Notice)
        {
            case VrrpNotice.MasterChanged:
                Logger.MasterChanged(Name, address, value);
                break;
            case VrrpNotice.Discarded:
                Logger.Discarded(Name, address, (VrrpDiscardReason)value);
                break;
            case VrrpNotice.IntervalMismatch:
                Logger.IntervalMismatch(Name, address, value);
                break;
            case VrrpNotice.AddressCountMismatch:
                Logger.AddressCountMismatch(Name, address, value);
                break;
            case VrrpNotice.AddressListMismatch:
                Logger.AddressListMismatch(Name, address);
                break;
            case VrrpNotice.LinkLocalNotFirst:
                Logger.LinkLocalNotFirst(Name, address);
                break;
            case VrrpNotice.LowerPriorityDiscarded:
                Logger.LowerPriorityDiscarded(Name, address, value);
                break;
            case VrrpNotice.LowerPriorityReceived:
                Logger.LowerPriorityReceived(Name, value, address);
                break;
            case VrrpNotice.HigherPriorityReceived:
                Logger.HigherPriorityReceived(Name, value, address);
                break;
            case VrrpNotice.OwnSourceAddress:
                Logger.OwnSourceAddress(Name, address);
                break;
            case VrrpNotice.OwnerConflictYielding:
                Logger.OwnerConflictYielding(Name, address);
                break;
            case VrrpNotice.OwnerConflict:
                Logger.OwnerConflict(Name, address);
                break;
            case VrrpNotice.OwnerConflictPersists:
                Logger.OwnerConflictPersists(Name, address);
                break;
            case VrrpNotice.OwnerConflictEnded:
                Logger.OwnerConflictEnded(Name, address);
                break;
            case VrrpNotice.AdvertisementHeardByOwner:
                Logger.HeardByOwner(Name, value, address);
                break;
            case VrrpNotice.OldUnicastChecksumDetected:
                Logger.OldUnicastChecksum(Name, address);
                break;
            case VrrpNotice.PreemptDelayStarted:
                Logger.PreemptDelayStarted(Name, value, address);
                break;
            case VrrpNotice.EqualPriority:
                Logger.EqualPriority(Name, address, value);
                break;
            case VrrpNotice.ClockSkew:
                Logger.ClockSkew(Name, address, value);
                break;
            default:
                Logger.Notice(Name, action.Notice, address, value);
                break;
        }
    }
}
