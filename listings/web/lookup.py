"""How pages find a listing: what is not there and what is not yours look the same."""

from django.db.models import QuerySet
from django.http import Http404

from listings import queries
from listings.models import Listing
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotFound


def listing_or_404(listing_id: int, *, actor: Actor) -> Listing:
    """
    A listing that the actor may see.

    :raises Http404: if there is none, or it is not for them
    """
    try:
        return queries.get_listing(listing_id, actor=actor)
    except NotFound:
        raise Http404 from None


def own_listing_or_404(listing_id: int, *, user_id: int) -> Listing:
    """
    A listing of the borrower who is signed in as this user.

    :raises Http404: if there is none, or it is somebody else's
    """
    own: QuerySet[Listing] = queries.of_borrower(user_id).select_related("borrower")
    listing = own.filter(pk=listing_id).first()
    if listing is None:
        raise Http404
    return listing
